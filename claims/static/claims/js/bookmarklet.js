// Makes the bookmarklet a link to drag. It is for other pages, and the content policy of this one would refuse it:
// pressed here, it says what to do.

const link = document.querySelector("[data-bookmarklet]");
const told = document.getElementById("bookmarklet-told");

link.href = document.getElementById("bookmarklet-code").textContent;
document.querySelector("[data-dragging]").hidden = false;
link.addEventListener("click", (event) => {
  event.preventDefault();
  told.textContent = "This is for other pages. Drag it to your bookmarks bar, then press it while you read something.";
  told.classList.remove("muted");
});

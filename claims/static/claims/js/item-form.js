// What the form of an item has beside its fields: each part works without the others, and the form without all of them.

import "./claim-picker.js";
import "./item-picker.js";
import "./address-check.js";
import "./submit-keys.js";

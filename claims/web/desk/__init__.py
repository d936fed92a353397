"""The desk: where analysts log evidence and editors keep the claims. Nothing here is public."""

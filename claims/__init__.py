"""ResetWatch's one Django app: claims, evidence, assessments and what is done with them."""

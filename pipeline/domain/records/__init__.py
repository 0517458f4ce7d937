"""What a row says: a unit, a target, an applicant, a registration, a note, a receipt."""

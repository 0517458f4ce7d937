"""What an analysis says, section by section, in sentences that follow from figures alone."""

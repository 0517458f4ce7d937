"""What clerks dragged into ``inputs/`` → what the tables of the kinds that a job asks for say.

Every file's sheets are recognised by their headers. Only the plan, roster and targets, and the kinds asked for are
worked through, and only what is wrong in these, or in a file that nobody can make out, is told.

``files``     each file as it lies there → sheets, or a county's figures
``gathering`` these → what they say together
"""

from pipeline.intake.files import TITLES, File, files_of, has_long_table
from pipeline.intake.gathering import Intake, age_day, gathered, read_inputs

__all__ = ["TITLES", "File", "Intake", "age_day", "files_of", "gathered", "has_long_table", "read_inputs"]

"""What clerks type, where tests type it often."""

VOID = ("register", "void", "--reason", "填错")
REPRINT = ("register", "reprint", "--reason", "卡纸")
REPLACE = ("register", "replace", "--reason", "填错")
DATE = ("--date", "2022-06-01")

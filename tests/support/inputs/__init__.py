"""What clerks drag in: tables in every make of file, damaged, locked, filled in by chance; nobody in them exists."""

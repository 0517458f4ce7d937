"""The year's ledgers (台账): as workbooks and to be printed."""

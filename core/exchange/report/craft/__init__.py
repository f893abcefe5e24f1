"""How a workbook is made: the one place that opens workbooks for writing and puts values into cells."""

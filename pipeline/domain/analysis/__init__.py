"""All individual businesses of a place, whoever won them over: how many there are, where, in what, and how long they last.

Definitions are the task force's own but for the industries; 岚政办发〔2022〕20号 and its city's plan only ask for the analysis.
"""

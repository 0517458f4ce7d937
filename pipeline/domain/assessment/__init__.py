"""The year-end assessment (年终评估考核): what a unit's year is judged by, its score, its grade and its place."""

"""Content: Markdown and front matter in, frozen course trees out; questions, their grading, exercises as data, validation.

Knows no database and no HTTP. Imports of the rest of the house:

- `reader.read_course`, `checker.check_course`, `folder.open_content`, `glossary.read_glossary`: files -> tree and faults
- `tree`, `questions`: what a course is made of
- `grading`: `blank`, `read_answer`, `grade`, `ambiguity`; `parameters.draw`; `numbers.style_of`, `numbers.written`
- `commands.check`: the shell
"""

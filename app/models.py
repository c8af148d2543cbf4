"""Every table of the program, for the migrations."""

import app.accounts.models
import app.catalog.models
import app.certificates.models
import app.exercises.models
import app.kernel.models
import app.learning.models
import app.quizzes.models  # noqa: F401

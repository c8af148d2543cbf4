"""Nothing that was written is lost: reloads, Back, second tabs, lines that are cut."""

from app.kernel.revisions import Kept
from app.quizzes.answers import kept_answers
from tests.quizzes.conftest import QuizSite
from tests.quizzes.steps import answer_all, answer_one, form_of, hand_in, id_of, save, text_of
from tests.support.site import Browser


def kept(site: QuizSite, attempt: str) -> dict[str, Kept]:
    return site.read(lambda db: kept_answers(db, id_of(attempt)))


def started(site: QuizSite) -> tuple[Browser, str]:
    learner = site.learner()
    return learner, site.begin(learner)


def test_an_unchanged_field_writes_nothing(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    answer_all(learner, attempt)
    save(learner, attempt, form_of(learner, f"{attempt}?view=all") | {"go": "all"})
    assert {len(one.revisions) for one in kept(quiz_site, attempt).values()} == {1}


def test_a_blank_page_writes_nothing(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    save(learner, attempt, form_of(learner, f"{attempt}?view=all") | {"go": "all"})
    assert kept(quiz_site, attempt) == {}


def test_the_same_form_sent_twice_is_saved_once(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    form = form_of(learner, f"{attempt}?question=7") | {"a.q-word": "ganancia"}
    assert save(learner, attempt, form).headers["location"] == save(learner, attempt, form).headers["location"]
    assert len(kept(quiz_site, attempt)["q-word"].revisions) == 1


def test_the_same_key_with_another_body_is_a_new_save(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    form = form_of(learner, f"{attempt}?question=7")
    save(learner, attempt, form | {"a.q-word": "ganancia"})
    save(learner, attempt, form | {"a.q-word": "contribución"})
    assert kept(quiz_site, attempt)["q-word"].value == {"text": "contribución"}


def test_back_with_an_edit_is_the_same_page_and_counts(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    first = form_of(learner, f"{attempt}?question=7")
    save(learner, attempt, first | {"a.q-word": "ganancia", "go": "next"})
    again = first | {"a.q-word": "contribución", "go": "next"}  # the browser shows its old page, with its old base
    save(learner, attempt, again)
    mine = kept(quiz_site, attempt)["q-word"]
    assert mine.value == {"text": "contribución"}
    assert not mine.rivals


def test_a_second_tab_with_older_answers_overwrites_nothing(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    old_tab = form_of(learner, f"{attempt}?view=all")
    answer_all(learner, attempt)
    save(learner, attempt, old_tab | {"a.q-word": "", "go": "all"})
    assert kept(quiz_site, attempt)["q-word"].value == {"text": "Contribucion"}
    assert not kept(quiz_site, attempt)["q-word"].rivals


def test_two_tabs_with_different_texts_keep_both_until_one_is_chosen(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    old_tab = form_of(learner, f"{attempt}?question=9")
    answer_one(learner, attempt, 9, {"a.q-open": "Lo que escribí en el celular"})
    save(learner, attempt, old_tab | {"a.q-open": "Lo que escribí en la computadora", "go": "9"})
    mine = kept(quiz_site, attempt)["q-open"]
    assert mine.value == {"text": "Lo que escribí en el celular"}
    page = learner.page(f"{attempt}?question=9")
    assert "Lo que escribí en la computadora" in text_of(page, "#s-q-open")
    save(learner, attempt, form_of(learner, f"{attempt}?question=9") | {"use": f"q-open:{mine.rivals[0].number}"})
    assert kept(quiz_site, attempt)["q-open"].value == {"text": "Lo que escribí en la computadora"}
    assert "se escribió en dos lugares" not in text_of(learner.page(f"{attempt}?question=9"))


def test_choosing_what_counts_already_settles_the_conflict(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    old_tab = form_of(learner, f"{attempt}?question=7")
    answer_one(learner, attempt, 7, {"a.q-word": "uno"})
    save(learner, attempt, old_tab | {"a.q-word": "dos"})
    revision = kept(quiz_site, attempt)["q-word"].base
    save(learner, attempt, form_of(learner, f"{attempt}?question=7") | {"use": f"q-word:{revision}"})
    mine = kept(quiz_site, attempt)["q-word"]
    assert (mine.value, mine.rivals) == ({"text": "uno"}, [])


def test_a_script_gets_the_state_of_the_one_answer(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    fields = {"only": "q-word", "page": "one", "r.q-word": "0", "a.q-word": "contribución"}
    answer = learner.post(f"{attempt}/answers", data=fields, headers={"hx-request": "true", "hx-request-type": "partial"})
    assert answer.status_code == 200
    assert "Guardado a las" in answer.text
    assert 'name="r.q-word" value="1"' in answer.text
    assert "<html" not in answer.text


def test_a_script_whose_answer_was_lost_on_the_way_conflicts_with_nobody(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    fields = {"only": "q-word", "page": "one", "r.q-word": "0"}
    for text in ("contri", "contribución"):  # the second still stands on base 0: the first answer never arrived
        learner.post(f"{attempt}/answers", data=fields | {"a.q-word": text}, headers={"hx-request": "true"})
    mine = kept(quiz_site, attempt)["q-word"]
    assert (mine.value, mine.rivals) == ({"text": "contribución"}, [])


def test_an_answer_after_the_end_is_kept_apart_and_said_so(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    open_tab = form_of(learner, f"{attempt}?question=7")
    hand_in(learner, attempt)
    answer = save(learner, attempt, open_tab | {"a.q-word": "contribución"}, status=409)
    assert "llegó después" in answer.text
    assert "contribución" in answer.text
    assert kept(quiz_site, attempt)["q-word"].value is None
    assert "Se guardó, pero no cuenta" in text_of(learner.page(attempt))


def test_emoji_right_to_left_and_accents_come_back_as_they_were(quiz_site: QuizSite) -> None:
    learner, attempt = started(quiz_site)
    text = "Ñandú 🫙 שלום é"
    answer_one(learner, attempt, 9, {"a.q-open": text})
    assert kept(quiz_site, attempt)["q-open"].value == {"text": text}
    assert text in (learner.page(f"{attempt}?question=9").html or "")

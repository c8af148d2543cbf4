"""The steps of the path, as a person takes them in a browser: by links and buttons, never by addresses they could not know."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.flows.conftest import PASSPHRASE, Staff

COURSE = "corner-shop"
WRONG = {"q-left": "price", "q-cost": "f", "q-higher": "35"}
RIGHT = {"q-left": "left", "q-cost": "t", "q-higher": "13"}
NEXT = "p.row button[name=go][value=next]"


@dataclass
class Walk:
    """One person in one browser profile."""

    page: Page
    lang: str
    saves_alone: bool = False  # htmx is there: an answer is saved when it is given

    def go(self, path: str) -> None:
        answer = self.page.goto(f"/{self.lang}{path}")
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def at(self, pattern: str) -> None:
        expect(self.page).to_have_url(re.compile(pattern))

    # before signing up

    def read_as_a_visitor(self) -> None:
        self.go("")
        self.press(f"nav a[href='/{self.lang}/courses']")
        self.press(f"main a[href='/{self.lang}/courses/{COURSE}']")
        self.press("main .toc a[href$='/first-sale/price']")
        expect(self.page.locator("h1")).to_be_visible()
        self.press(f"main a[href='/{self.lang}/courses/{COURSE}']")

    def sign_up_and_enroll(self, username: str) -> None:
        self.press("form[action$='/enrollment'] button")
        self.at("/sign-up")
        self.page.fill("[name=name]", username)
        self.page.fill("[name=identifier]", username)
        self.page.fill("[name=passphrase]", PASSPHRASE)
        self.press("main form[method=post] button.btn")
        expect(self.page.locator(".code")).to_be_visible()
        self.press("form[action$='/written-down'] button")
        self.at(f"/courses/{COURSE}#start$")
        self.press("form[action$='/enrollment'] button")
        self.at("/first-sale/price$")

    def sign_in(self, username: str) -> None:
        self.go("/sign-in")
        self.page.fill("[name=identifier]", username)
        self.page.fill("[name=passphrase]", PASSPHRASE)
        self.press("main form[method=post] button.btn")

    # learning and questions

    def finish_the_lesson(self) -> None:
        self.press("form[action$='/done'] button")
        self.at("/first-sale/questions$")

    def begin(self) -> None:
        self.press("#begin .btn")
        self.at("/attempts/")

    def give(self, question: str, answer: str) -> None:
        """Answers the question that is shown; where htmx works, waits until the page says that it is saved."""
        place = self.page.locator(f"#{question}")
        if question == "q-higher":
            place.locator("input[inputmode]").fill(answer)
            place.locator("input[inputmode]").press("Tab")
        else:
            place.locator(f"input[value='{answer}']").check()
        if self.saves_alone:
            expect(place.locator(".saved")).to_be_visible()

    def given(self, question: str) -> str:
        place = self.page.locator(f"#{question}")
        if question == "q-higher":
            return place.locator("input[inputmode]").input_value()
        chosen = place.locator("input:checked")
        return (chosen.get_attribute("value") or "") if chosen.count() else ""

    def answer_all(self, answers: dict[str, str]) -> None:
        for question, answer in answers.items():
            self.give(question, answer)
            self.press(NEXT)
        expect(self.page.locator("form[action$='/submission'] button.btn")).to_be_visible()

    def hand_in_answers(self) -> str:
        self.press("form[action$='/submission'] button.btn")
        expect(self.page.locator("progress")).to_be_visible()
        return self.page.locator("h1").inner_text()

    # work

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.page.fill(f"[name='a.{name}']", text)
            self.page.locator(f"[name='a.{name}']").press("Tab")
            if self.saves_alone:
                expect(self.page.locator(f"#{name} .saved")).to_be_visible()

    def hand_in_work(self) -> None:
        self.press("button[formaction$='/submission']")
        self.at("/submissions/")

    # the mentor

    def confirm(self, staff: Staff) -> None:
        self.at("/sign-in/second-factor")
        self.page.fill("[name=code]", staff.code)
        self.press("main form[method=post] button.btn")
        self.at("/me$")

    def judge(self, learner: str, verdict: str, level: str, words: str) -> None:
        """Judges one learner's work: others may wait on the same desk."""
        self.go("/mentor")
        self.press(f".toc a:has-text('{learner}')")
        for criterion in ("costs", "reason"):
            choice = self.page.locator(f"input[name='s.{criterion}'][value='{level}']")
            if not choice.is_visible():
                self.press(f"summary:has(#c-{criterion})")
            choice.check()
        self.page.fill("[name=words]", words)
        self.press(f"button[name=verdict][value={verdict}]")
        self.at("/mentor")
        expect(self.page.locator(".note.warn")).to_have_count(0)

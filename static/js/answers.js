// Says how each answer stands while htmx saves it, tries again when the line is back, sends what is unsaved when the
// page is left, and counts the minutes. Without it the form and its buttons do the same.
(() => {
  const form = document.querySelector("form[data-saving]");
  const dirty = new Set(); // changed, and not known to be saved
  const failed = new Set(); // of those, what has to be tried again
  const part = (event) => event.target.closest?.(".q[hx-post]");
  const belongs = (question, name) => ["a", "r"].some((kind) => `${name}.`.startsWith(`${kind}.${question.id}.`));
  const say = (question, text, kind) => {
    const state = question.querySelector(".state");
    const line = state.querySelector(".now, .saved") ?? state.appendChild(document.createElement("p"));
    line.className = `now ${kind}`;
    line.textContent = text;
  };
  const keep = (question, text) => {
    failed.add(question);
    say(question, text, "err");
  };
  const again = () => {
    for (const question of failed) htmx.trigger(question, "change");
  };
  const fieldsOf = (question) => {
    const fields = new URLSearchParams({ only: question.id });
    for (const [name, value] of new FormData(form)) if (name === "page" || belongs(question, name)) fields.append(name, value);
    return fields;
  };
  const listen = (name, act) => document.addEventListener(name, (event) => part(event) && act(part(event), event));
  if (form) {
    let sending = false;
    form.addEventListener("submit", () => (sending = true));
    addEventListener("pageshow", () => (sending = false));
    listen("input", (question) => dirty.add(question));
    listen("htmx:config:request", (question, event) => {
      const body = event.detail.ctx.request.body;
      for (const name of [...body.keys()]) if (name !== "page" && name !== "only" && !belongs(question, name)) body.delete(name);
    });
    listen("htmx:before:request", (question) => {
      dirty.delete(question);
      say(question, form.dataset.saving, "small");
    });
    listen("htmx:error", (question) => keep(question, form.dataset.offline));
    listen("htmx:after:swap", (question) => failed.delete(question));
    listen("htmx:response:error", (question, event) => {
      const { status } = event.detail.ctx.response;
      if (status === 413) say(question, form.dataset.large, "err");
      else if (status === 401 || status === 403) say(question, form.dataset.signin, "err");
      else if (status !== 409 && status !== 422) keep(question, form.dataset.refused);
    });
    addEventListener("online", again);
    setInterval(again, 15000);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || sending) return;
      for (const question of new Set([...dirty, ...failed])) navigator.sendBeacon(form.action, fieldsOf(question));
    });
    addEventListener("beforeunload", (event) => failed.size && !sending && event.preventDefault());
  }
  const time = document.querySelector(".time");
  if (time) {
    const end = Date.now() + time.dataset.seconds * 1000;
    setInterval(() => {
      const minutes = Math.ceil((end - Date.now()) / 60000);
      const { one, many, over } = time.dataset;
      const text = minutes > 1 ? many.replace("{n}", minutes) : minutes === 1 ? one : over;
      if (time.textContent !== text) time.textContent = text;
    }, 5000);
  }
})();

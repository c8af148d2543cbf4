// Says how each answer stands while htmx saves it, tries again when the line is back, and counts the minutes.
(() => {
  const form = document.querySelector("form[data-saving]");
  const waiting = new Set();
  const part = (event) => event.target.closest?.(".q[hx-post]");
  const say = (question, text, kind) => {
    const state = question.querySelector(".state");
    let line = state.querySelector(".now");
    if (!line) {
      state.querySelector(".saved")?.remove();
      line = state.appendChild(document.createElement("p"));
    }
    line.className = `now ${kind}`;
    line.textContent = text;
  };
  const keep = (question, text) => {
    waiting.add(question);
    say(question, text, "err");
  };
  const again = () => {
    for (const question of [...waiting]) htmx.trigger(question, "change");
  };
  if (form) {
    document.addEventListener("htmx:config:request", (event) => {
      const question = part(event);
      if (!question) return;
      const body = event.detail.ctx.request.body;
      const own = ["a", "r"].map((kind) => `${kind}.${question.id}`);
      for (const name of [...body.keys()])
        if (name !== "page" && name !== "only" && !own.some((start) => name === start || name.startsWith(`${start}.`))) body.delete(name);
    });
    document.addEventListener("htmx:before:request", (event) => part(event) && say(part(event), form.dataset.saving, "small"));
    document.addEventListener("htmx:error", (event) => part(event) && keep(part(event), form.dataset.offline));
    document.addEventListener("htmx:after:swap", (event) => part(event) && waiting.delete(part(event)));
    document.addEventListener("htmx:response:error", (event) => {
      const question = part(event);
      const status = event.detail.ctx.response.status;
      if (!question || status === 409 || status === 422) return;
      if (status === 413) say(question, form.dataset.large, "err");
      else if (status === 401 || status === 403) say(question, form.dataset.signin, "err");
      else keep(question, form.dataset.refused);
    });
    addEventListener("online", again);
    setInterval(again, 15000);
    let sending = false;
    form.addEventListener("submit", () => (sending = true));
    addEventListener("beforeunload", (event) => waiting.size && !sending && event.preventDefault());
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

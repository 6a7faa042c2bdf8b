// Small comforts for pages that work without them: never lose a text, say when the server is out of reach or the
// session ends. Writes nothing into the browser's stores and no HTML.
(() => {
  const by = (id) => document.getElementById(id);
  const drafts = () => document.querySelectorAll("[data-draft]");
  let isDirty = false;
  let isSending = false;

  const show = (element, isShown) => { if (element) element.hidden = !isShown; };
  const offline = (isOff) => show(by("hlt-offline"), isOff);

  addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post") isDirty = true;
  });
  addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (!navigator.onLine) {
      event.preventDefault();
      offline(true);
      by("hlt-offline")?.scrollIntoView({ block: "nearest" });
    } else {
      isSending = true;
    }
  });
  addEventListener("beforeunload", (event) => { if (isDirty && !isSending) event.preventDefault(); });

  addEventListener("offline", () => offline(true));
  addEventListener("online", () => {
    offline(false);
    if (isDirty) drafts().forEach((line) => line.closest("form").dispatchEvent(new Event("input")));
  });
  document.addEventListener("htmx:error", () => offline(true));
  document.addEventListener("htmx:after:swap", (event) => {
    offline(false);
    if (event.target.closest?.("[data-draft]") && event.detail?.ctx?.response?.raw?.ok) isDirty = false;
  });

  const warning = by("hlt-session");
  const secondsLeft = Number(warning?.dataset.seconds);
  if (!secondsLeft) return;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    show(warning, false);
    timer = setTimeout(() => show(warning, true), Math.max(secondsLeft - 150, 5) * 1000);
  };
  document.addEventListener("htmx:after:request", wait);
  by("hlt-session-keep")?.addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.keep, { cache: "no-store" });
    if (answer.ok) wait(); else location.reload();
  });
  wait();
})();

// The report page reads without this: it only adds the hover card, the filter and clicks both ways.
document.documentElement.classList.remove("no-script");
addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-fangzhi-columns]")?.addEventListener("click", () => window.openColumnChooser?.());
  const text = document.getElementById("text");
  const card = document.getElementById("fz-card");
  if (!text || !card) return;
  const row = (id) => document.getElementById("fact-" + id);
  const pieces = (id) => text.querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`);
  const factsOf = (piece) => (piece.dataset.ids || "").split(" ").filter((id) => row(id));

  const flash = (element) => {
    element.classList.remove("flash");
    void element.offsetWidth; // restarts the animation
    element.classList.add("flash");
  };
  const show = (piece) => {
    const [id] = factsOf(piece);
    if (!id) return hide();
    card.replaceChildren(...[...row(id).childNodes].map((node) => node.cloneNode(true)));
    card.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
    card.hidden = false;
    const box = piece.getBoundingClientRect();
    card.style.left = Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8)) + "px";
    const below = box.bottom + 8;
    card.style.top = (below + card.offsetHeight < innerHeight ? below : box.top - card.offsetHeight - 8) + "px";
    row(id).classList.add("hot");
  };
  const hide = () => {
    card.hidden = true;
    document.querySelectorAll(".fz-side .hot").forEach((item) => item.classList.remove("hot"));
  };
  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    text.addEventListener(on, (event) => { const piece = event.target.closest(".figure"); if (piece) show(piece); });
    text.addEventListener(off, hide);
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  text.addEventListener("click", (event) => {
    const piece = event.target.closest(".figure");
    const [id] = piece ? factsOf(piece) : [];
    if (!id) return;
    event.preventDefault();
    history.replaceState(null, "", "#" + id);
    row(id).scrollIntoView({ block: "center" });
    flash(row(id));
  });
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const found = id.startsWith("fact-") ? [row(id.slice(5))].filter(Boolean) : [...pieces(id)];
    if (!found.length) return;
    found[0].scrollIntoView({ block: "center" });
    found.forEach(flash);
    const item = row(id);
    if (item) item.parentElement.parentElement.scrollTop = item.offsetTop - item.parentElement.offsetTop;
  };
  addEventListener("hashchange", go);
  go();
  for (const item of document.querySelectorAll(".fz-side li")) {
    const light = (on) => pieces(item.dataset.id).forEach((piece) => piece.classList.toggle("hot", on));
    item.addEventListener("mouseenter", () => light(true));
    item.addEventListener("mouseleave", () => light(false));
  }

  const filter = document.getElementById("fz-filter");
  filter?.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const item of document.querySelectorAll(".fz-side li")) {
      item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
    }
  });
});

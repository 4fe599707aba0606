(() => {
  const spans = new Map();
  for (const e of document.querySelectorAll(".e")) for (const id of e.dataset.r.split(" ")) {
    if (!spans.has(id)) spans.set(id, []);
    spans.get(id).push(e);
  }
  let lit = [];
  document.addEventListener("click", (event) => {
    const ref = event.target.closest("a.ref");
    if (!ref) return;
    event.preventDefault();
    for (const e of lit) e.classList.remove("on");
    const found = spans.get(ref.dataset.r) || [];
    lit = [ref, ...found];
    for (const e of lit) e.classList.add("on");
    if (found[0]) found[0].scrollIntoView({ block: "center" });
    history.replaceState(null, "", ref.getAttribute("href"));
  });
  if (location.hash) document.querySelector('a.ref[href="' + CSS.escape(location.hash).replace(/^\\#/, "#") + '"]')?.click();
})();

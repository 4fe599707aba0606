(() => {
  const root = document.documentElement;
  const panel = document.getElementById("texts");
  const back = panel.querySelector("button");
  const note = panel.querySelector(".bar .note");
  const spans = new Map();
  for (const e of document.querySelectorAll(".e")) for (const id of e.dataset.r.split(" ")) {
    if (!spans.has(id)) spans.set(id, []);
    spans.get(id).push(e);
  }
  root.classList.add("js");
  let lit = [];
  let from = null;
  const close = () => {
    for (const e of lit) e.classList.remove("on");
    lit = [];
    note.textContent = "";
    back.hidden = true;
    root.classList.remove("open");
    if (from) from.focus({ preventScroll: true });
    from = null;
  };
  const open = (link, found) => {
    for (const e of lit) e.classList.remove("on");
    lit = link.classList.contains("ref") ? [link, ...found] : [];
    for (const e of lit) e.classList.add("on");
    from = link;
    note.textContent = link.title;
    back.hidden = false;
    root.classList.add("open");
    if (!found.length) return;
    found[0].tabIndex = -1;
    found[0].focus({ preventScroll: true });
    found[0].scrollIntoView({ block: link.classList.contains("ref") ? "center" : "start" });
    link.scrollIntoView({ block: "nearest" });
  };
  const follow = (link) => {
    const text = document.getElementById(link.hash.slice(1));
    open(link, link.classList.contains("ref") ? spans.get(link.dataset.r) || [] : text ? [text] : []);
  };
  const links = "a.ref, a.source";
  const here = () => [...document.querySelectorAll(links)].find((link) => location.hash && link.hash === location.hash);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(links);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.hash !== location.hash) history.pushState(null, "", link.hash);
    follow(link);
  });
  const leave = () => {
    if (!root.classList.contains("open")) return;
    history.pushState(null, "", location.pathname + location.search);
    close();
  };
  back.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  addEventListener("popstate", () => { const link = here(); if (link) follow(link); else close(); });
  const link = here();
  if (link) follow(link);
})();

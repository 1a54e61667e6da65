/* Ticks of a checklist are kept on this device alone; without script the boxes still tick. */
for (const list of document.querySelectorAll("[data-checklist]")) {
  const key = `checklista:${list.dataset.checklist}`;
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const tools = list.querySelector("[data-checklist-tools]");
  if (tools) tools.hidden = false;
  const status = list.querySelector("[data-checklist-status]");
  const read = () => {
    try { return new Set(JSON.parse(localStorage.getItem(key) ?? "[]")); } catch { return new Set(); }
  };
  const show = () => {
    const done = boxes.filter((box) => box.checked).length;
    if (status) status.textContent = `${done} av ${boxes.length} punkter klara`;
  };
  const keep = () => {
    try {
      const ticked = boxes.filter((box) => box.checked).map((box) => box.id);
      if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
      else localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing still ticks */ }
    show();
  };
  const before = read();
  boxes.forEach((box) => { box.checked = before.has(box.id); });
  list.addEventListener("change", keep);
  list.querySelector("[data-checklist-clear]")?.addEventListener("click", () => {
    boxes.forEach((box) => { box.checked = false; });
    keep();
  });
  show();
}

/* Filters apply without a full reload; without this script the form asks for the whole page. */
const live = () => document.querySelector("[data-live]");
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);
let asking;

async function show(address, remember) {
  asking?.abort();
  asking = new AbortController();
  live().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-live]");
    if (!answer.ok || !found) throw new Error("not a page of figures");
    const focused = document.activeElement?.id;
    const open = [...live().querySelectorAll("details[id][open]")].map((one) => one.id);
    live().replaceWith(document.adoptNode(found));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const printed = page.querySelector(".print-only");
    if (printed) document.querySelector(".print-only")?.replaceWith(document.adoptNode(printed));
    document.title = page.title;
    if (remember) history.pushState({}, "", address);
    document.getElementById(focused)?.focus({ preventScroll: true });
    said.textContent = live().querySelector("h1").textContent.trim();
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(address);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("#urval");
  if (!form) return;
  event.preventDefault();
  const asked = [...new FormData(form)].filter(([, value]) => value !== "");
  show(`${form.getAttribute("action")}?${new URLSearchParams(asked)}`, true);
});
addEventListener("popstate", () => show(location.href, false));

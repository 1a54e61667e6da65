// Sending in a file: drop it, see how far it has come. And a page that follows a delivery
// while it is read. Without this script the form and the page do the same, less smoothly.
(() => {
  "use strict";

  const form = document.querySelector("[data-upload]");
  if (form) followUpload(form);
  const live = document.querySelector("[data-live]");
  if (live) followDelivery(live);

  function followUpload(form) {
    const field = form.querySelector("input[type=file]");
    const zone = form.querySelector("[data-drop]");
    const chosen = form.querySelector("[data-chosen]");
    const bar = form.querySelector("progress");
    const most = Number(form.dataset.most);

    zone.classList.add("drop--live");
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("drop--over");
      });
    }
    for (const name of ["dragleave", "drop"]) {
      zone.addEventListener(name, () => zone.classList.remove("drop--over"));
    }
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) {
        field.files = event.dataTransfer.files;
        tellChosen();
      }
    });
    field.addEventListener("change", tellChosen);

    function tellChosen() {
      const file = field.files[0];
      const tooLarge = file && file.size > most;
      chosen.textContent = !file ? "" : tooLarge
        ? `${file.name} är större än ${form.dataset.mostWords}. Dela den i flera filer.`
        : `Vald fil: ${file.name}`;
      field.setCustomValidity(tooLarge ? chosen.textContent : "");
    }

    form.addEventListener("submit", (event) => {
      if (!field.files.length) return;
      event.preventDefault();
      const request = new XMLHttpRequest();
      const button = form.querySelector("button[type=submit]");
      button.disabled = true;
      bar.hidden = false;
      bar.focus();
      request.upload.addEventListener("progress", (step) => {
        if (!step.lengthComputable) return;
        bar.max = step.total;
        bar.value = step.loaded;
        chosen.textContent = step.loaded < step.total
          ? `Skickar: ${Math.floor(100 * step.loaded / step.total)} procent.`
          : "Filen är framme. Den krypteras och ställs i kö.";
      });
      request.addEventListener("load", () => {
        if (request.responseURL && request.status < 400 && request.responseURL !== location.href) {
          location.assign(request.responseURL);
        } else {
          replaceMain(request.responseText);
        }
      });
      request.addEventListener("error", () => {
        button.disabled = false;
        bar.hidden = true;
        chosen.textContent = "Anslutningen bröts innan hela filen var framme. Skicka den igen.";
      });
      request.open("POST", form.action);
      request.send(new FormData(form));
    });
  }

  function replaceMain(text) {
    const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!main) {
      location.reload();
      return;
    }
    document.querySelector("main").replaceWith(main);
    const form = main.querySelector("[data-upload]");
    if (form) followUpload(form);
    main.querySelector("[role=alert]")?.scrollIntoView();
    main.focus();
  }

  function followDelivery(live) {
    const wait = 2000;
    const ask = async () => {
      if (document.hidden) {
        setTimeout(ask, wait);
        return;
      }
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-live]");
        if (!answer.ok || !fresh) {
          location.reload();
          return;
        }
        live.replaceChildren(...fresh.childNodes);
      } catch {
        // No connection for the moment: the next try tells.
      }
      setTimeout(ask, wait);
    };
    setTimeout(ask, wait);
  }
})();

/* The self-assessment: the lowest answers lead to advice. Nothing is sent and nothing kept. */
for (const sheet of document.querySelectorAll("[data-reflection]")) {
  const statements = [...sheet.querySelectorAll("fieldset")];
  const result = sheet.querySelector("[data-reflection-result]");
  const answerOf = (statement) => Number(statement.querySelector("input:checked")?.value ?? 0);
  const show = () => {
    const answered = statements.filter(answerOf);
    const weak = answered.filter((one) => answerOf(one) < 3 && one.querySelector("a"));
    weak.sort((one, other) => answerOf(one) - answerOf(other));
    const links = new Map(weak.map((one) => [one.querySelector("a").href, one.querySelector("a")]));
    result.hidden = answered.length === 0;
    sheet.querySelector("[data-reflection-count]").textContent =
      `${answered.length} av ${statements.length} besvarade. ` +
      (links.size ? "De lägsta svaren leder hit:" : "Inget svar är lågt ännu.");
    sheet.querySelector("[data-reflection-list]").replaceChildren(
      ...[...links.values()].slice(0, 3).map((link) => {
        const item = document.createElement("li");
        item.append(link.cloneNode(true));
        return item;
      }),
    );
  };
  sheet.addEventListener("change", show);
  sheet.querySelector("[data-print]").addEventListener("click", () => window.print());
  show();
}


// Shows all words of an item where one of them, or its card, is pointed at or chosen.
const light = (element, name) => {
  for (const old of document.querySelectorAll("." + name)) old.classList.remove(name);
  const own = element?.dataset.items.split(" ").at(-1);
  if (!own) return;
  for (const other of document.querySelectorAll(`[data-items~="${own}"]`)) other.classList.add(name);
};
const choose = () => {
  const target = document.getElementById(location.hash.slice(1));
  light(target?.closest("[data-items]"), "chosen");
};
document.addEventListener("mouseover", (event) => light(event.target.closest?.("[data-items]"), "near"));
addEventListener("hashchange", choose);
choose();

// Offers **Show** beside each password field, and says when Caps Lock is on. Pages with such a field load only
// this script, from a file that never changes with what a person sends (decision 61). Without it they work as
// well: the buttons stay hidden.
for (const button of document.querySelectorAll("button[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  const capsLock = document.getElementById(`${field.id}-caps-lock`);

  const show = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(isShown));
  };
  button.addEventListener("click", () => show(field.type === "password"));
  // A browser offers to save a password, and does not remember it as text, if it leaves as a password. After the
  // back button the page is shown as it was left.
  field.form.addEventListener("submit", () => show(false));
  addEventListener("pageshow", ({ persisted }) => persisted && show(false));

  const tellCapsLock = (event) => {
    const isOn = event.getModifierState?.("CapsLock") ?? false;
    if (isOn !== (capsLock.textContent !== "")) capsLock.textContent = isOn ? "Caps Lock is on." : "";
  };
  field.addEventListener("keydown", tellCapsLock);
  field.addEventListener("keyup", tellCapsLock);
  field.addEventListener("blur", () => {
    capsLock.textContent = "";
  });

  show(false);
  button.hidden = false;
}

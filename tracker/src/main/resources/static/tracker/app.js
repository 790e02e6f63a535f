// Shows the view that the address asks for, or the sign-in.

import { session, signIn } from "./api.js";
import { h } from "./dom.js";
import { ListView } from "./list.js";
import { logView, steeringsView } from "./logs.js";
import { TransactionView } from "./transaction.js";

const LIST = "/transactions";
const main = document.getElementById("main");

let view = null;
let links = { trace: "", metrics: "" };
let expiry = null;
history.scrollRestoration = "manual";
/** The list that was left last, so that going back finds it as it was. */
let left = null;

function navigate(address) {
  history.pushState(null, "", address);
  show(true);
}

function viewOf({ pathname, search }, reusable) {
  if (pathname === LIST) {
    return reusable?.search === search ? reusable.view : new ListView(search, navigate);
  }
  const id = decodeURIComponent(pathname.slice(LIST.length + 1));
  if (id === "log") {
    return logView(search);
  }
  return id === "steerings" ? steeringsView() : new TransactionView(id, links);
}

function show(isNavigation, isBack = false) {
  view?.stop();
  if (view instanceof ListView) {
    left = { view, search: view.search, scroll: view.scroll };
  }
  showSession();
  const signedIn = session.get();
  if (!signedIn) {
    left = null;
    view = null;
    if (!main.querySelector("form.signin")) {
      showSignIn();
    }
    return;
  }
  const reusable = isBack ? left : null;
  view = viewOf(location, reusable);
  view.search = location.search;
  main.replaceChildren(view.element);
  document.title = view.title === "Transactions" ? view.title : `${view.title} - Transactions`;
  for (const link of document.querySelectorAll("#pages a")) {
    if (new URL(link.href).pathname === location.pathname) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  view.start();
  if (view === reusable?.view) {
    window.scrollTo({ top: reusable.scroll ?? 0, behavior: "instant" });
  } else if (isNavigation) {
    window.scrollTo({ top: 0, behavior: "instant" });
    main.querySelector("h1")?.focus();
  }
}

function showSession() {
  clearTimeout(expiry);
  const signedIn = session.get();
  document.getElementById("session").replaceChildren(
    ...(signedIn
      ? [
          h("span", { class: "quiet" }, signedIn.email),
          h("button", { type: "button", id: "sign-out", click: () => session.end() }, "Sign out"),
        ]
      : []),
  );
  if (signedIn) {
    const remaining = Date.parse(signedIn.expiresAt) - Date.now();
    expiry = setTimeout(() => session.get(), Math.min(remaining + 100, 2 ** 31 - 1));
  }
}

function showSignIn(why = "") {
  const problem = h("p", { class: "alarm", role: "alert", hidden: !why }, why);
  const email = h("input", { id: "email", type: "email", required: true, autocomplete: "username" });
  const password = h("input", { id: "password", type: "password", required: true, autocomplete: "current-password" });
  const button = h("button", { class: "main" }, "Sign in");
  document.title = "Sign in - Transactions";
  main.replaceChildren(
    h("h1", { tabindex: "-1" }, "Sign in"),
    h(
      "p",
      {},
      "Transactions are for operators. You sign in at the user service of this system; the session ends with this tab.",
    ),
    problem,
    h(
      "form",
      {
        class: "signin",
        "aria-label": "Sign in",
        submit: async (event) => {
          event.preventDefault();
          button.disabled = true;
          try {
            await signIn(email.value, password.value);
            show(true);
          } catch (failure) {
            problem.textContent = failure.message;
            problem.hidden = false;
            button.disabled = false;
            password.focus();
          }
        },
      },
      h("div", { class: "field" }, h("label", { for: "email" }, "E-mail address"), email),
      h("div", { class: "field" }, h("label", { for: "password" }, "Password"), password),
      button,
    ),
  );
  email.focus();
}

document.addEventListener("session-ended", ({ detail }) => {
  view?.stop();
  view = null;
  left = null;
  showSession();
  showSignIn(detail);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const isForABrowser = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
  if (!link || event.defaultPrevented || isForABrowser) {
    return;
  }
  const url = new URL(link.href);
  if (url.origin === location.origin && url.pathname.startsWith(LIST)) {
    event.preventDefault();
    navigate(url.pathname + url.search);
  }
});

window.addEventListener("popstate", () => show(false, true));
window.addEventListener("scroll", () => {
  if (view instanceof ListView) {
    view.scroll = window.scrollY;
  }
}, { passive: true });

try {
  links = await (await fetch("/tracker/links.json", { credentials: "omit" })).json();
} catch {
  // The page works without links.
}
if (links.metrics) {
  const metrics = h("a", { href: links.metrics, rel: "noreferrer" }, "Metrics and alerts");
  document.getElementById("pages").append(h("li", {}, metrics));
}
show(false);

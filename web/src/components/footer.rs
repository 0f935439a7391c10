//! The bottom of the page: the promise, and the keys.

use yew::prelude::*;

use super::icon;

#[component]
pub(crate) fn Footer() -> Html {
    html! {
        <footer class="bottom">
            <button type="button" class="link" popovertarget="privacy">
                {icon::lock()}{"Your text stays in this page"}
            </button>
            <div id="privacy" class="popover note" popover="auto">
                <p>
                    {"The linter is a WebAssembly module that runs in your browser. Once the page has loaded, it asks \
                      for nothing more from any server: your text is neither sent nor stored, and is gone when you \
                      close the page."}
                </p>
                <p>
                    {"A Content-Security-Policy in the page enforces that it talks to the site it came from and to \
                      nobody else. Only your choice of theme is remembered."}
                </p>
            </div>
            <ul class="keys">
                <li><kbd>{"F8"}</kbd>{" next problem"}</li>
                <li><kbd>{"Ctrl"}</kbd><kbd>{"Space"}</kbd>{" complete"}</li>
                <li><kbd>{"Esc"}</kbd><kbd>{"Tab"}</kbd>{" leave the editor"}</li>
            </ul>
        </footer>
    }
}

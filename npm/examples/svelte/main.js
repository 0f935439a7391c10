import { mount } from "svelte";
import Launch from "./Launch.svelte";

mount(Launch, { target: document.getElementById("app") });

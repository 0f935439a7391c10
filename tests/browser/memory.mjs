// How much memory the browser's processes for pages have needed, workers included. Known on Linux only.
import { readFileSync } from "node:fs";

/** The most that one of them has had at once, in bytes; NaN where that is not known. */
export async function peakMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const peaks = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => peakOf(id));
  return Math.max(...peaks);
}

function peakOf(process) {
  try {
    const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, "utf8"));
    return Number(kib) * 1024;
  } catch {
    return Number.NaN;
  }
}

import { createRoot } from "react-dom/client";
import "../../kit/styles/base.css";
import "../../kit/styles/list.css";
import "../../kit/styles/controls.css";
import "../../kit/styles/overlay.css";
import "../../kit/styles/deal.css";
import "../../kit/styles/stars.css";
import { listenToRadioKeys } from "../../kit/radio-keys.ts";
import { followNewVersions } from "./app/new-version.ts";
import { Start } from "./app/start.tsx";

listenToRadioKeys();
followNewVersions();
const root = document.getElementById("root");
if (root) createRoot(root).render(<Start />);

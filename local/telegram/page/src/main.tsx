import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { HostStore } from "./host/store.ts";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/panel.css";
import "./styles/device.css";
import "./styles/chats.css";
import "./styles/messages.css";
import "./styles/composer.css";
import "./styles/layers.css";
import "./styles/stars.css";
import "./styles/mini-app.css";

const store = new HostStore();
void store.start();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App store={store} />
    </StrictMode>,
  );
}

/** Keeps a fault of one screen from taking the others down. A new version's missing file is cured by loading the page again. */
import { Component, type ReactNode } from "react";
import { Failure } from "./screen.tsx";

const isStaleBuild = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|module script|Importing a module/i.test(error.message);

const RELOADED_KEY = "souk.reloaded";

export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error("unknown") };
  }

  override componentDidCatch(error: unknown): void {
    if (!isStaleBuild(error) || sessionStorage.getItem(RELOADED_KEY)) return;
    sessionStorage.setItem(RELOADED_KEY, "1");
    location.reload();
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <main className="screen">
        <Failure error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </main>
    );
  }
}

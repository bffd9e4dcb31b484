/** Keeps a fault of one screen, or of one part of it, from taking the others down. A new version's missing file is cured by loading the page again. */
import { Component, type ReactNode } from "react";
import { Failure } from "./screen.tsx";

const isStaleBuild = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|module script|Importing a module/i.test(error.message);

const RELOADED_KEY = "souk.reloaded";

interface Props {
  /** A part of a screen: it fails in its place, without taking the whole. */
  isPart?: boolean;
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: unknown }> {
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
    const failure = <Failure error={this.state.error} onRetry={() => this.setState({ error: null })} />;
    return this.props.isPart ? failure : <main className="screen">{failure}</main>;
  }
}

/** What the Mini App has asked of the frame around it. Pure data: the phone draws it. */

export interface ButtonState {
  visible: boolean;
  active: boolean;
  progress: boolean;
  shine: boolean;
  text: string;
  color: string | undefined;
  textColor: string | undefined;
}

export type SecondaryPosition = "left" | "right" | "top" | "bottom";

export interface MiniAppState {
  ready: boolean;
  main: ButtonState;
  secondary: ButtonState & { position: SecondaryPosition };
  back: boolean;
  settings: boolean;
  confirmClose: boolean;
  swipe: boolean;
  /** A colour of the theme by name, or `#rrggbb`; undefined means the theme's own header colour. */
  header: string | undefined;
  background: string | undefined;
  bottomBar: string | undefined;
}

const button: ButtonState = {
  visible: false,
  active: true,
  progress: false,
  shine: false,
  text: "",
  color: undefined,
  textColor: undefined,
};

export const initialState: MiniAppState = {
  ready: false,
  main: { ...button, text: "CONTINUE" },
  secondary: { ...button, text: "CANCEL", position: "left" },
  back: false,
  settings: false,
  confirmClose: false,
  swipe: true,
  header: undefined,
  background: undefined,
  bottomBar: undefined,
};

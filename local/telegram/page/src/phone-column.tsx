import type { PersonState } from "../../protocol.ts";
import { usePreference } from "./host/prefs.ts";
import { usePage } from "./page-context.ts";
import { Avatar } from "./phone/avatar.tsx";
import type { PhoneController } from "./phone/controller.ts";
import { Icon } from "./phone/icons.tsx";
import { PhoneScreen } from "./phone/phone.tsx";
import type { Platform } from "./phone/ui-state.ts";
import { useWalletBadge } from "./phone/use-wallet-badge.ts";
import { toLanguage } from "./words/format.ts";

const platforms: readonly Platform[] = ["ios", "android", "weba"];
const platformNames: Record<Platform, string> = { ios: "iOS", android: "Android", weba: "Web" };

interface ToolsProps {
  phone: PhoneController;
  state: PersonState;
  platform: Platform;
  setPlatform: (platform: Platform) => void;
}

function Tools({ phone, state, platform, setPlatform }: ToolsProps) {
  const { world, words } = usePage();
  const waiting = useWalletBadge(world.tonOrigin, phone.personId);
  const dark = state.me.theme === "dark";
  const language = toLanguage(state.me.language);
  return (
    <div className="tools">
      <select
        aria-label={words.phonePlatform}
        title={words.phonePlatform}
        value={platform}
        onChange={(event) => {
          const next = platforms.find((name) => name === event.target.value) ?? "ios";
          setPlatform(next);
          void phone.relaunch();
        }}
      >
        {platforms.map((name) => (
          <option key={name} value={name}>
            {platformNames[name]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="tool"
        title={words.phoneLanguage}
        aria-label={`${words.phoneLanguage}: ${language}`}
        onClick={() => {
          const next = language === "ru" ? "en" : "ru";
          void phone.perform({ type: "setLanguage", language: next }).then(() => phone.relaunch());
        }}
      >
        {language.toUpperCase()}
      </button>
      <button
        type="button"
        className="tool"
        title={words.phoneTheme}
        aria-label={`${words.phoneTheme}: ${state.me.theme}`}
        onClick={() => void phone.perform({ type: "setTheme", theme: dark ? "light" : "dark" })}
      >
        <Icon name={dark ? "moon" : "sun"} size={18} />
      </button>
      {world.tonOrigin ? (
        <button
          type="button"
          className="tool"
          title={waiting > 0 ? words.walletWaits : words.openWallet}
          aria-label={waiting > 0 ? `${words.walletWaits} (${waiting})` : words.openWallet}
          onClick={() => phone.openWallet()}
        >
          <Icon name="wallet" size={18} />
          {waiting > 0 ? <span className="badge alert">{waiting}</span> : null}
        </button>
      ) : null}
    </div>
  );
}

interface ColumnProps {
  phone: PhoneController;
  state: PersonState;
  chosen: boolean;
  lit: boolean;
}

/** One person: who it is, the switches of the phone, and the phone. */
export function PhoneColumn({ phone, state, chosen, lit }: ColumnProps) {
  const { world, words } = usePage();
  const [platform, setPlatform] = usePreference(`platform:${phone.personId}`, platforms, "ios");
  const { me } = state;
  const classes = ["phone-column", chosen ? "chosen" : "", lit ? "lit" : ""].join(" ");
  return (
    <section className={classes} aria-label={`${me.firstName}, ${me.role ? words.roles[me.role] : ""}`}>
      <header className="who">
        <Avatar id={me.id} name={me.firstName} url={me.avatarUrl} size={34} />
        <div className="who-name">
          <b>{me.firstName}</b>
          <span>{me.role ? words.roles[me.role] : ""}</span>
        </div>
        <Tools {...{ phone, state, platform, setPlatform }} />
      </header>
      <PhoneScreen {...{ phone, world, state, platform }} />
    </section>
  );
}

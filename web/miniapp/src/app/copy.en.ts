export default {
  tabs: {
    label: "Main sections",
    home: "Home",
    deals: "Deals",
    inbox: "Inbox",
    profile: "Profile",
    unread_one: "{{count}} unread",
    unread_other: "{{count}} unread",
  },
  language: {
    title: "Choose your language",
    text: "Buy and sell in Telegram safely: the money waits in a contract until both sides have what they agreed on.",
    go: "Continue",
  },
  home: {
    hello: "Hello, {{name}}",
    waiting: "Waiting for you",
    underWay: "Under way",
    allDeals: "All deals",
    desk: "Arbiter’s desk",
  },
  welcome: {
    title: "Why it is safe",
    locked: "The money is locked in a contract on the TON network. Neither side and not even we can take it.",
    checked: "Souk sees in Telegram itself who owns the channel, and checks again before the seller is paid.",
    back: "If anything goes wrong, the clock or an arbiter returns the money. Every deadline is shown in advance.",
  },
  visitor: { enter: "Sign in", open: "Open in Telegram" },
  notFound: { title: "There is no such page", text: "The link may be old or cut short." },
};

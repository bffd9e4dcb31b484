export default {
  errors: {
    push_off: "Notifications of the browser are not set up here.",
    unknown_push_service: "This browser's push service is not supported.",
  },
  open: "Open",
  digest: {
    title_one: "{{count}} thing happened",
    title_other: "{{count}} things happened",
    more_one: "…and {{count}} more",
    more_other: "…and {{count}} more",
    button: "See all",
  },
};

export default {
  open: "Open",
  digest: {
    title_one: "{{count}} thing happened",
    title_other: "{{count}} things happened",
    more_one: "…and {{count}} more",
    more_other: "…and {{count}} more",
    button: "See all",
  },
};

export default {
  open: "Open",
  errors: { not_found: "This notification is no longer there." },
};

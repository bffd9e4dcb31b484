export default {
  open: "Открыть",
};

-- A provider may also refuse to make an invoice at all: whoever chose that way is told so.
alter table payments.attempts drop constraint attempts_failure_check;
alter table payments.attempts add constraint attempts_failure_check
  check (failure in ('declined', 'not_enough', 'not_confirmed', 'unavailable'));

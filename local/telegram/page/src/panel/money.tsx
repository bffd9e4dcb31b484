import { useEffect, useState } from "react";
import { usePage } from "../page-context.ts";
import { Avatar } from "../phone/avatar.tsx";
import { Icon } from "../phone/icons.tsx";
import { formatCoins } from "./coins.ts";

interface Account {
  address: string;
  /** Nanocoins. */
  balance: string;
}

async function fetchAccount(tonOrigin: string, personId: number): Promise<Account> {
  const response = await fetch(`${tonOrigin}/control/wallets/${personId}`);
  if (!response.ok) throw new Error(`wallet ${response.status}`);
  return (await response.json()) as Account;
}

function useAccounts(tonOrigin: string, people: readonly number[]) {
  const [accounts, setAccounts] = useState<ReadonlyMap<number, Account> | null>(null);
  const [failed, setFailed] = useState(false);
  const key = people.join();
  useEffect(() => {
    let wanted = true;
    const ids = key.split(",").map(Number);
    const load = async () => {
      if (document.hidden) return;
      try {
        const all = await Promise.all(
          ids.map(async (id) => [id, await fetchAccount(tonOrigin, id)] as const),
        );
        if (wanted) setAccounts(new Map(all));
        if (wanted) setFailed(false);
      } catch {
        if (wanted) setFailed(true);
      }
    };
    void load();
    const timer = setInterval(() => void load(), 4000);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [tonOrigin, key]);
  return { accounts, failed };
}

/** What each of the three owns on the local chain, and a way to get more. */
export function Money({ tonOrigin }: { tonOrigin: string }) {
  const { world, words, language } = usePage();
  const { accounts, failed } = useAccounts(
    tonOrigin,
    world.phones.map(({ personId }) => personId),
  );
  const give = (address: string) =>
    fetch(`${tonOrigin}/control/faucet`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ address, amount: "100000000000" }),
    });
  return (
    <div className="money">
      <p className="hint">{failed ? words.noChain : words.moneyHint}</p>
      <ul>
        {world.phones.map(({ personId }) => {
          const person = world.people.find(({ id }) => id === personId);
          const account = accounts?.get(personId);
          return (
            <li key={personId}>
              <Avatar id={personId} name={person?.firstName ?? ""} url={person?.avatarUrl ?? ""} size={28} />
              <span className="grow">{person?.firstName}</span>
              {account ? (
                <>
                  <a
                    href={`${tonOrigin}/explorer/address/${account.address}`}
                    target="_blank"
                    rel="noreferrer"
                    title={account.address}
                  >
                    {formatCoins(language, account.balance)} GRAM
                  </a>
                  <button
                    type="button"
                    className="tool small"
                    aria-label={`+100 GRAM, ${person?.firstName}`}
                    title="+100 GRAM"
                    onClick={() => void give(account.address)}
                  >
                    <Icon name="plus" size={16} weight={2.2} />
                  </button>
                </>
              ) : (
                <span className="skeleton" aria-hidden="true" />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

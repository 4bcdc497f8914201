import { wirePool } from "#jobs/wire/pool.ts";

/** Lets Postgres itself note from now on which process takes each epoch, and which writes each intent. Once a cluster. */
export async function witnessIntents(): Promise<void> {
	await wirePool().query(`
		CREATE TABLE public.witnessed (epoch bigint NOT NULL, batch_id bigint, process text NOT NULL);
		CREATE FUNCTION public.witness_intent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO public.witnessed VALUES (NEW.epoch, NEW.batch_id, current_setting('application_name'));
			RETURN NULL;
		END $$;
		CREATE FUNCTION public.witness_epoch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO public.witnessed VALUES (NEW.n, NULL, current_setting('application_name'));
			RETURN NULL;
		END $$;
		CREATE TRIGGER witness AFTER INSERT ON wire.intents FOR EACH ROW EXECUTE FUNCTION public.witness_intent();
		CREATE TRIGGER witness AFTER INSERT ON wire.epochs FOR EACH ROW EXECUTE FUNCTION public.witness_epoch();`);
}

/**
 * Epochs under which any process wrote but the one that took them (a sidecar's connections bear its own name, a new one each time that it starts);
 * processes that took two; and intents that nobody has seen come.
 */
export async function witnessFaults(): Promise<string[]> {
	const { rows } = await wirePool().query<{ fault: string }>(
		`SELECT 'epoch ' || epoch || ' was written under by ' || string_agg(DISTINCT process, ' and ') AS fault
		   FROM public.witnessed GROUP BY epoch HAVING count(DISTINCT process) > 1
		 UNION ALL
		 SELECT process || ' wrote under epochs ' || string_agg(DISTINCT epoch::text, ' and ')
		   FROM public.witnessed GROUP BY process HAVING count(DISTINCT epoch) > 1
		 UNION ALL
		 SELECT 'nobody has seen who wrote batch ' || i.batch_id FROM wire.intents i
		  WHERE NOT EXISTS (SELECT 1 FROM public.witnessed w WHERE w.batch_id = i.batch_id AND w.epoch = i.epoch AND w.process LIKE 'sidecar %')
		 UNION ALL
		 SELECT 'nothing was written at all' WHERE NOT EXISTS (SELECT 1 FROM public.witnessed WHERE batch_id IS NOT NULL)`,
	);
	return rows.map(({ fault }) => fault);
}

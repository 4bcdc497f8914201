/** For a small machine that does other work too. Every commit is on the disk when it is answered: the wire's promise rests on it. */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
	listen_addresses: "",
	unix_socket_permissions: "0700",
	max_connections: "60",
	shared_buffers: "128MB",
	fsync: "on",
	synchronous_commit: "on",
	wal_compression: "on",
	max_wal_size: "512MB",
	// One process's worth of work for each query: the queue's queries are short.
	max_parallel_workers_per_gather: "0",
	jit: "off",
	log_min_messages: "warning",
	// Seven files, one for each day of the week, each begun anew: the log never fills the disk.
	logging_collector: "on",
	log_directory: "log",
	log_filename: "postgres-%a.log",
	log_rotation_age: "1d",
	log_truncate_on_rotation: "on",
	timezone: "UTC",
};

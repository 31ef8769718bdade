/**
 * The {@code furnistream} command: one class a subcommand, each a thin skin over what does the
 * work. {@code demo} has Airflow work, and that is done from here: {@link
 * io.furnistream.command.AirflowJobs} by way of {@link io.furnistream.command.AirflowClient}.
 */
package io.furnistream.command;

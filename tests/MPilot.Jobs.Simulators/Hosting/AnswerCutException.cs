namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>Leaves the request half answered: the server then sends what was written and closes the connection, where an abort would drop it.</summary>
internal sealed class AnswerCutException() : Exception("The script cuts the answer here.");

namespace MPilot.Jobs.Engine.Store;

/// <summary>What became of one listener's answer. It counts only while nobody has come to listen after it.</summary>
/// <param name="Job">The job listened to.</param>
/// <param name="Listener">1 for the caller whose request made the job, one more for each that attached.</param>
/// <param name="Answer">How its answer ended.</param>
/// <param name="At">When.</param>
public sealed record AnswerNote(string Job, int Listener, AnswerStatus Answer, DateTimeOffset At);

namespace MPilot.Jobs.Contracts;

/// <summary>One of the wanted pictures will not come.</summary>
public sealed record JobPictureFailed : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "image_edit.failed";

    public JobPictureFailed() => Type = TypeName;

    /// <summary>Which of the wanted pictures, from 0.</summary>
    public int ImageIndex { get; init; }

    /// <summary>Why, such as <c>refused</c>.</summary>
    public string Failure { get; init; } = "";
}

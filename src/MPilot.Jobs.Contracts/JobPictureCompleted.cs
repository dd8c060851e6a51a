namespace MPilot.Jobs.Contracts;

/// <summary>One of the wanted pictures is there.</summary>
public sealed record JobPictureCompleted : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "image_edit.completed";

    public JobPictureCompleted() => Type = TypeName;

    /// <summary>The number of the call it came from.</summary>
    public int Attempt { get; init; }

    /// <summary>Which of the wanted pictures, from 0.</summary>
    public int ImageIndex { get; init; }

    /// <summary>Who made it, by the name in the configuration of the service.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The model that made it, without the provider.</summary>
    public string Model { get; init; } = "";

    /// <summary>The picture.</summary>
    public PictureLink? Picture { get; init; }
}

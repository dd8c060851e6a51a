using System.Text.Json.Serialization;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>Whether a provider takes on another job: a closed value. Asked before a job is accepted, never after.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Admitted), "admitted")]
[JsonDerivedType(typeof(Overloaded), "overloaded")]
public abstract record GateAdmission
{
    private GateAdmission()
    {
    }

    /// <summary>Its line has room.</summary>
    /// <param name="Room">How many more it takes, of any tenant, within a second and without being asked for, from the node that asked.</param>
    public sealed record Admitted(int Room = 0) : GateAdmission;

    /// <summary>Its line is full.</summary>
    /// <param name="RetryAfter">When there may be room.</param>
    public sealed record Overloaded(TimeSpan RetryAfter) : GateAdmission;
}

namespace MPilot.Jobs.Engine.Store;

/// <summary>The keys that links are signed with, shared by all nodes.</summary>
public interface ISigningKeys
{
    /// <summary>Stores a key if there is none yet, and returns all valid ones, newest first (at most two).</summary>
    Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken);
}

namespace MPilot.Jobs.Engine.Events;

/// <summary>How the bus is on which events go to other programs.</summary>
public interface IBusHealth
{
    /// <summary>What is wrong with it, in words for an operator and without secrets; <c>null</c> where nothing is. Events wait meanwhile.</summary>
    string? Problem { get; }
}

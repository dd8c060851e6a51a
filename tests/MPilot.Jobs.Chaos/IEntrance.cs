namespace MPilot.Jobs.Chaos;

/// <summary>Where requests are made.</summary>
internal interface IEntrance
{
    /// <summary>The address, once there is one.</summary>
    Task<Uri> AddressAsync();
}
